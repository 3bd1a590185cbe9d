/** Why a text is not what its grammar asks for. Internal: the compiler turns it into a verdict. */
export class SyntaxFault {
  readonly message: string;
  /** In UTF-16 units from the start of the text. */
  readonly position: number;

  constructor(message: string, position: number) {
    this.message = message;
    this.position = position;
  }
}

/** Why a text that follows the grammar is refused. Internal: the compiler turns it into a verdict. */
export class ValidityFault {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
