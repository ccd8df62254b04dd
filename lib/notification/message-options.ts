import { oneOf, optional, type Shapes, textLike } from '../core/prop-shapes';

/** What form messages have. */
export enum MessageFormat {
  /** For people, by mail: lines of text, and a subject. */
  TEXT = 'Text',
  /** For programs: an object with the text, its addresses and the outcome of the run, as its event has it. */
  JSON = 'Json',
  /**
   * For channels of Slack or Microsoft Teams, by Amazon Q Developer in chat applications: a custom notification, all of an incident in one thread. Who reads the topic by mail sees JSON.
   *
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
   */
  AMAZON_Q = 'AmazonQ',
}

/** How messages are written, and where they lead. */
export interface MessageOptions {
  /**
   * What form they have. A topic has messages of one form: Amazon Q Developer drops all others in silence, and people cannot read its own.
   *
   * @default MessageFormat.TEXT
   */
  readonly format?: MessageFormat;

  /**
   * Where your organization signs in: an address of at most 300 characters, to whose end the address of a page of the console is added, URL-encoded, so that links open for who is not signed in. It
   * begins with https://. That of IAM Identity Center ends with `&destination=`.
   *
   * @default - links lead to the console itself, and open for who is signed in to the account
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
   */
  readonly consoleSignIn?: string;

  /**
   * Name of a CloudWatch dashboard, in the account and region of the messages, that they link to: 1 to 255 letters, digits, - and _.
   *
   * @default - no link to a dashboard
   */
  readonly dashboardName?: string;
}

const SIGN_IN = textLike(/^https:\/\/\S{1,292}$/, 'an address of at most 300 characters that begins with https://');

/**
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 * @internal
 */
export const DASHBOARD_NAME = textLike(/^[A-Za-z0-9_-]{1,255}$/, '1 to 255 letters, digits, - and _');

/** @internal */
export const MESSAGE_OPTIONS: Shapes<MessageOptions> = {
  format: optional(oneOf(MessageFormat)),
  consoleSignIn: optional(SIGN_IN),
  dashboardName: optional(DASHBOARD_NAME),
};
