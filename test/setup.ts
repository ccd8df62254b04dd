// aws-cdk-lib's template validator costs seconds per test file; validation.test.ts runs it explicitly.
process.env.CDK_VALIDATION = 'false';
// handlers are told the account of their stack by this variable
process.env.STACK_ACCOUNT = '111122223333';
