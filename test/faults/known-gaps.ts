/** Cases of the matrix that are known to fail; a case that stops failing has to leave this list. */
export const KNOWN_GAPS: readonly string[] = []
