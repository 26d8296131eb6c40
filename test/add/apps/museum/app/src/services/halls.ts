export interface Exhibit {
  id: string
  title: string
}

/** The exhibits of the museum, by hall. */
export class Halls {
  readonly all: readonly Exhibit[] = [
    { id: 'bronze', title: '青铜鼎' },
    { id: 'scroll', title: '山水长卷' },
  ]

  find(id: string | undefined): Exhibit | undefined {
    return this.all.find((exhibit) => exhibit.id === id)
  }
}
