export * from './gate';
export * from './restricted';
export * from './cloud-event';
