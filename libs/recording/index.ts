export * from './asset-recorder';
