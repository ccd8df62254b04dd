import { testSilence } from './silence/suite';

testSilence(30); // of each kind, and 10,000 in the long test beside this one
