import { TEXTS } from '../../texts'

/**
 * Stands for a list of cards until it is loaded. Its cards have the classes of the real ones, and so their heights, also
 * with a large font.
 */
Component({
  properties: {
    /** The class of each line of a card below its title. */
    lines: { type: Array, value: ['muted'] },
    /** Whether the cards begin with a picture. */
    pictured: { type: Boolean, value: true },
  },
  data: { texts: TEXTS.skeleton, cards: [1, 2, 3, 4] },
})
