/**
 * A mistake that the compiler reports, as a sentence: `PolicyTypeError<["POST /order", "never has principal", "Robot"]>`.
 * An interface, because a string type would be offered as a completion. A tuple inside, because a template literal
 * multiplies unions: 5,000 names times 255 types is "too complex" (TS2590) in a correct program.
 */
export interface PolicyTypeError<Message> {
  readonly __policyTypeError__: Message;
}
