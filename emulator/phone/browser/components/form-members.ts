/** A component of the mini-program that takes part in forms by one of the behaviors `wx://form-field…`. */
export interface FormMember {
  kind: 'field' | 'group' | 'button'
  element: () => unknown
  /** glass-easel's components whose WXML contains it, from the inner to the outer. */
  hosts: () => readonly object[]
  data: () => Readonly<Record<string, unknown>>
  /** Empties the field. */
  reset: () => void
}

/** Members by glass-easel's component. */
class FormMembers {
  readonly #members = new Map<object, FormMember[]>()

  add(component: object, member: FormMember): void {
    this.#members.set(component, [...(this.#members.get(component) ?? []), member])
  }

  remove(component: object, kind: FormMember['kind']): void {
    const left = (this.#members.get(component) ?? []).filter((member) => member.kind !== kind)
    if (left.length > 0) this.#members.set(component, left)
    else this.#members.delete(component)
  }

  has(component: object, kind: FormMember['kind']): boolean {
    return this.#members.get(component)?.some((member) => member.kind === kind) ?? false
  }

  /** Fields inside an element, in the order in which they were added. */
  fieldsWithin(form: Element): FormMember[] {
    return [...this.#members.values()].flat().filter(({ kind, element }) => {
      const box = element()
      return kind === 'field' && box instanceof Node && form.contains(box)
    })
  }
}

export const formMembers = new FormMembers()
