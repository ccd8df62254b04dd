import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient, StopProcessingJobCommand } from '@aws-sdk/client-sagemaker';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { refusedRequests } from './taken-requests';

const sns = mockClient(SNSClient);
const publish = (Subject: string) =>
  new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn', Message: 'm', Subject }));

test('what mocked clients are sent, and the services take, is not told', async () => {
  await publish('subject');
  expect(sns.calls()).toHaveLength(1);
  expect(refusedRequests()).toEqual([]);
});

test('what a service does not take is told once: service, operation, member, what it is and what is allowed', async () => {
  await publish('two\nlines');
  expect(refusedRequests()).toEqual([
    "sns Publish: 'Subject' is two\nlines, and has to be less than 100 printable ASCII characters, no space first",
  ]);
  expect(refusedRequests()).toEqual([]);
});

test('it is told of what was sent before a mock was reset, by every client', async () => {
  const s3 = mockClient(S3Client);
  const sageMaker = mockClient(SageMakerClient);
  await new S3Client({}).send(
    new PutObjectCommand({ Bucket: 'bucket', Key: 'x'.repeat(1025), Body: Buffer.from('x') }),
  );
  s3.reset();
  await new S3Client({}).send(new GetObjectCommand({ Bucket: 'Bucket', Key: 'x' }));
  await new SageMakerClient({}).send(new StopProcessingJobCommand({ ProcessingJobName: 'a_b' }));
  s3.restore();
  sageMaker.restore();
  expect(
    refusedRequests()
      .map((one) => one.split(' is ')[0])
      .sort(),
  ).toEqual(["s3 GetObject: 'Bucket'", "s3 PutObject: 'Key'", "sagemaker StopProcessingJob: 'ProcessingJobName'"]);
});
