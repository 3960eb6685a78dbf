import { registerHooks } from 'node:module';

// Lets Node run the TypeScript of benchmarks as it is: sources name each other by the `.js` that they would be compiled to.
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\..*\.js$/.test(specifier)) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
