require('./polluter.cjs');
