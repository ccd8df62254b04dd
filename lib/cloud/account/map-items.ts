import { isMembers, type Members } from '../members';

/** States of a definition in which an item of a Map is worked on. */
export interface ItemStates {
  /** with which children of Maps begin */
  readonly ofChildren: ReadonlySet<string>;
  /** that invoke for an item alone the function which children invoke */
  readonly alone: ReadonlySet<string>;
}

/** Finds them; none in a definition without a Map. */
export function itemStates(definition: string): ItemStates {
  const states = statesOf(JSON.parse(definition));
  const processors = Object.values(states).flatMap(({ ItemProcessor }) =>
    isMembers(ItemProcessor) ? [ItemProcessor] : [],
  );
  const functions = new Set(processors.flatMap((processor) => Object.values(statesOf(processor)).map(functionOf)));
  functions.delete(undefined);
  return {
    ofChildren: new Set(processors.map(({ StartAt }) => String(StartAt))),
    alone: new Set(Object.keys(states).filter((name) => functions.has(functionOf(states[name])))),
  };
}

function statesOf(machine: unknown): Readonly<Record<string, Members>> {
  return isMembers(machine) && isMembers(machine.States) ? (machine.States as Record<string, Members>) : {};
}

const functionOf = ({ Parameters: parameters }: Members): unknown =>
  isMembers(parameters) ? parameters.FunctionName : undefined;
