/**
 * `npm run add -- --to ../my-app`: puts the login into a mini-program that exists, updates it there, or takes it out with
 * `--remove`. `--dry-run` writes nothing.
 */
import { runAdd } from './lib/add/add-command.ts'
import { makePayload } from './lib/add/payload/make-payload.ts'

await runAdd({ command: 'npm run add --', folder: undefined, payload: makePayload })
