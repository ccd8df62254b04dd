/** A policy of the gateway for S3: the account's own principals, and the answers to CloudFormation, which CloudFormation has signed. */
export function s3EndpointPolicy({ account, region }: { readonly account: string; readonly region: string }) {
  const answers = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OwnPrincipals',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
      },
      {
        Sid: 'AnswersToCloudFormation',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${answers}/*`,
      },
    ],
  };
}
