import { callGuarded } from '../../auth/index'

/** Keeps an exhibit for the user who is logged in. */
export function collect(exhibit: string) {
  return callGuarded('collect', { exhibit })
}
