/** Which groups of people a bias monitor compares. */
export class BiasAnalysis {}
