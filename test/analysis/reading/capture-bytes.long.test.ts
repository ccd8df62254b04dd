import { testSharedLayouts } from './shared-layouts';

testSharedLayouts(1000);
