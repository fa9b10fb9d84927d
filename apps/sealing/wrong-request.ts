/** What somebody gave that cannot be right; the message says what to do. */
export class WrongRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongRequest';
  }
}
