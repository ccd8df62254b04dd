import { testManyCategories } from './many-categories';

jest.setTimeout(3_600_000);

testManyCategories(10_000);
