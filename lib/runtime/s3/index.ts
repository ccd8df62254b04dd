export { ownerOf, s3Uri } from './address';
export * from './json';
export * from './listing';
export * from './reading';
export * from './writing';
