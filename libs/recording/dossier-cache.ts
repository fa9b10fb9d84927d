import type { Dossier } from '#domain';

/**
 * The most recently used dossiers. What is in it may be behind the log when another process writes too: every append names its
 * expected revision and refusals are decided on a fresh read, so a stale dossier costs a retry and never a wrong decision.
 */
export class DossierCache {
  private readonly dossiers = new Map<string, Dossier>();

  constructor(private readonly size: number) {}

  get(stream: string): Dossier | undefined {
    const dossier = this.dossiers.get(stream);
    if (dossier) {
      // A Map keeps the order of insertion: the first key is the one unused for longest.
      this.dossiers.delete(stream);
      this.dossiers.set(stream, dossier);
    }
    return dossier;
  }

  put(stream: string, dossier: Dossier): void {
    this.dossiers.delete(stream);
    this.dossiers.set(stream, dossier);
    if (this.dossiers.size > this.size) this.dossiers.delete(this.dossiers.keys().next().value ?? stream);
  }

  forget(stream: string): void {
    this.dossiers.delete(stream);
  }
}
