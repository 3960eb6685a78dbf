import { contract } from '../contract.js';

/** A patient as far as email needs one. */
export interface Patient {
  readonly id: string;
  readonly name: string;
}

/** The practice's patients. */
export interface PatientDirectory {
  /**
   * Finds patients by email address, compared without regard to case. One call for many (500 at most), because a
   * download asks for each message. The answer has one list per asked address, in the order asked; empty when nobody has
   * it, several when patients share it, the one that a person chose for that address first.
   */
  findByAddresses(addresses: readonly string[]): Promise<readonly (readonly Patient[])[]>;
}

/** Use this to find whose email it is. */
export const PatientDirectory = contract<PatientDirectory>('PatientDirectory');
