/** How the embedded cloud makes one type of Pulumi resource real. */

export type Properties = Readonly<Record<string, unknown>>;

export interface Created {
  /** Unique within the resource type. */
  readonly id: string;
  /** The outputs that the program may read, in the provider's camelCase. */
  readonly state: Properties;
}

/** A resource as its service has it. */
export interface Observed {
  /** What the program would have had to ask for; see `observed`. */
  readonly inputs: Properties;
  readonly state: Properties;
}

export interface ResourceHandler {
  /** Inputs that the handler honours. Any other is an error, so that "works locally" cannot mean "ignored". */
  readonly inputs: readonly string[];
  /** Inputs whose change makes a new resource instead of an update. */
  readonly replaceOn: readonly string[];
  /** `name` is the resource's logical name, for resources whose physical name the program leaves open. */
  create(inputs: Properties, name: string): Promise<Created>;
  /**
   * Looks at what is there. `inputs` and `state` are what is recorded of it; undefined: it is gone.
   * @throws AwsError anything but that it is gone
   */
  read(id: string, inputs: Properties, state: Properties): Promise<Observed | undefined>;
  update(id: string, inputs: Properties, state: Properties): Promise<Properties>;
  delete(id: string, state: Properties): Promise<void>;
}

/** Keyed by Pulumi type: `aws:dynamodb/table:Table`. */
export type ResourceHandlers = Readonly<Record<string, ResourceHandler>>;

/** Answers a data source: `aws:index/getRegion:getRegion`. */
export type Invokes = Readonly<Record<string, (args: Properties) => Properties | Promise<Properties>>>;
