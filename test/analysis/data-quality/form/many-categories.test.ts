import { testManyCategories } from './many-categories';

testManyCategories(30); // and 10,000 in the long test beside this one
