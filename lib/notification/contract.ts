// Names that the digest's construct and its handler share. Imports nothing.

/** Environment of the handler. */
export const DIGEST_ENV = { topicArn: 'TOPIC_ARN' } as const;
