export type * from './api';
export * from './api';
export type * from './schemas';
