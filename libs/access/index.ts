export * from './rights';
export * from './sign-in';
