export * from './gate';
export * from './restricted';
