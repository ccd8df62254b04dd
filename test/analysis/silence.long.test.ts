import { testSilence } from './silence/suite';

testSilence(10_000);
