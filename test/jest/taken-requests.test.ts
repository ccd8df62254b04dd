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

describe('what models are asked by mocked requests over HTTP', () => {
  const ask = (name: string, headers: Record<string, string>) =>
    fetch(new URL(`https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/${name}/invocations`), {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...headers },
      body: '1,2',
    });
  let fetched: jest.SpyInstance;
  beforeEach(() => {
    fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('0.5'));
  });
  afterEach(() => fetched.mockRestore());

  test('is not told where the service takes it, nor are requests to others', async () => {
    await ask('Churn', { accept: 'text/csv', 'x-amzn-sagemaker-custom-attributes': 'x' });
    await fetch('https://cloudformation.example/answer', { method: 'PUT', body: '{}' });
    expect(refusedRequests()).toEqual([]);
  });

  test('is told once otherwise: the name, the type, or what goes with it', async () => {
    await ask('two_words', { 'x-amzn-sagemaker-custom-attributes': 'a'.repeat(1025) });
    expect(refusedRequests().map((one) => one.split(' is ')[0])).toEqual([
      "sagemaker-runtime InvokeEndpoint: 'EndpointName'",
      "sagemaker-runtime InvokeEndpoint: 'CustomAttributes'",
    ]);
    expect(refusedRequests()).toEqual([]);
  });
});
