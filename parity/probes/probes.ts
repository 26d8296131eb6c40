import type { Probe } from '../core/probe.ts'
import { ANSWER_PROBES } from './answers.ts'
import { INSTANCE_PROBES } from './instances.ts'

/** Everything that the function does when it calls itself. */
export const PROBES: readonly Probe[] = [...ANSWER_PROBES, ...INSTANCE_PROBES]
