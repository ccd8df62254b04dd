/** Why something can neither be said to hold nor not to: what it needs is not there. */
export class NotVerifiable extends Error {}
