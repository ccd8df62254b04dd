// aws-cdk-lib's template validator costs seconds per test file; validation.test.ts runs it explicitly.
process.env.CDK_VALIDATION = 'false';
