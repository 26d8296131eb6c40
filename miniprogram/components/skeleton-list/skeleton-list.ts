import { TEXTS } from '../../texts'

const CARDS = 4

/**
 * Stands for a list of cards until it is loaded. Its cards have the classes and texts of the real ones, so that they have
 * their heights, also with a large font.
 */
Component({
  properties: {
    /** Lines of a card below its title. */
    lines: { type: Number, value: 1 },
    /** Whether the cards begin with a picture. */
    pictured: { type: Boolean, value: true },
  },
  data: { texts: TEXTS.skeleton, cards: CARDS },
})
