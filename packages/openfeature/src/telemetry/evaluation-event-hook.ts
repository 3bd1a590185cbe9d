/** What an event says, by the names of OpenTelemetry's semantic conventions. */
export type EventAttributes = Readonly<Record<string, string | number | boolean>>;

/** As much of a logger of OpenTelemetry (`@opentelemetry/api-logs`) as events take. */
export interface EventLogger {
  emit(record: { readonly eventName: string; readonly attributes: EventAttributes }): void;
}

/** Options of an {@link evaluationEventHook}; the parameters are an SDK's own types. */
export interface EvaluationEventOptions<Context, Details> {
  /**
   * More to say in each event, such as the version of the definitions; goes before what the event says
   * by itself. Should it throw, the event is emitted without. Default: nothing.
   */
  readonly attributes?: (context: Context, details: Details) => EventAttributes;
}

/** Makes the specification's event of an evaluation; each SDK exports one. */
type CreateEvent<Context, Details> = (
  context: Context,
  details: Details,
) => { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> };

/** Emits an event for each evaluation, when all of it is known: also which default an error gave. */
export function evaluationEventHook<Context, Details>(
  createEvent: CreateEvent<Context, Details>,
  logger: EventLogger,
  { attributes }: EvaluationEventOptions<Context, Details>,
): { finally(context: Context, details: Details): void } {
  return {
    finally(context, details) {
      const event = createEvent(context, details);
      const own = event.attributes as EventAttributes;
      const more = attributes && orNone(() => attributes(context, details));
      logger.emit({ eventName: event.name, attributes: { ...own, ...more } });
    },
  };
}

function orNone(attributes: () => EventAttributes): EventAttributes | undefined {
  try {
    return attributes();
  } catch {
    return undefined;
  }
}
