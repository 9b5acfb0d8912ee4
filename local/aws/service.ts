/** What one emulated AWS service offers to the endpoint that all AWS clients talk to. */

/** Who calls. The access key id names an IAM role; an unknown key acts as the security role. */
export interface Caller {
  readonly accessKeyId: string;
}

/** An error in the service's own terms: `code` becomes `__type`, `fields` stand beside `message`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, fields: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** A service of the AWS JSON protocols: operations are named by the `X-Amz-Target` header. */
export interface AwsJsonService {
  /** What precedes the operation's name in `X-Amz-Target`: `VerifiedPermissions`, `DynamoDB_20120810`, … */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** `input` and the result are the operation's JSON. Throws `AwsError`. */
  call(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): Promise<object>;
}
