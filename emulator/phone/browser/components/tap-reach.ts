import type { ComponentInstance } from './component-instance.ts'

/** Built-in components that the tap has reached which is under way. */
let reached = new Set<ComponentInstance>()

/** A tap has come as far as this component, from inside of it or on it. */
export function noteTap(instance: ComponentInstance): void {
  reached.add(instance)
}

/** Runs a tap. @returns the components that it has reached: `catchtap` below one of them keeps it away */
export function tapReach(run: () => void): ReadonlySet<ComponentInstance> {
  const outer = reached
  reached = new Set()
  run()
  const ofThisTap = reached
  reached = outer
  return ofThisTap
}
