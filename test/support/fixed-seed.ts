import { configureGlobal } from 'fast-check'

/*
 * Properties are tried with the same cases at every run, so that a red run is red again when it is repeated.
 * `SEED=<any number> npx jest …` tries others; a failure prints the seed and the path to it.
 */
configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_121) })
