import { OWN_PAGES } from '../miniprogram/own-pages.ts'
import { TEXTS } from '../miniprogram/texts.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { ownedPageScenarios } from './owned-page-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { CITY, isOn, loggedInAt, saveTrip, tap, tapAndConfirm, toasted } from './ui-steps.ts'

/** What users do on the app's own pages. `npm run new -- page` adds to them. */
export const APP_SCENARIOS: readonly Scenario[] = [
  {
    name: 'saving a trip',
    of: ['trips save'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'index')
      await owner.phone.type('.city', CITY)
    },
    act: tap('.save'),
    isShown: toasted(TEXTS.home.saved),
    isTrue: (owner) => owner.documents('trips').length === 1,
  },
  {
    name: 'saving a trip with a token gone bad',
    prepare: async (owner) => {
      await loggedInAt(owner, 'index')
      await owner.phone.type('.city', CITY)
      await owner.spoilToken()
    },
    act: tap('.save'),
    isShown: toasted(TEXTS.home.saved),
    isTrue: (owner) => owner.documents('trips').length === 1,
  },
  {
    name: 'seeing more trips',
    of: ['trips list'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      await saveTrip(owner)
      const { database } = owner.user.kit.cloud
      const [trip] = owner.documents('trips')
      for (let more = 1; more <= 20; more++)
        database.putDocument('trips', { ...trip, _id: `${trip?.['_id']}${more}` })
      await owner.open('trips')
    },
    act: ({ phone }) => phone.reachBottom(),
    isShown: isOn('trips', TEXTS.trips.end),
  },
  ...ownedPageScenarios({
    function: 'trips',
    page: 'trips',
    link: OWN_PAGES.trips,
    fields: { city: CITY, days: 2 },
    texts: TEXTS.trips,
  }),
  ...ownedPageScenarios({
    function: 'favourites',
    page: 'favourites',
    link: '.item-favourites',
    fields: { city: CITY },
    texts: TEXTS.favourites,
  }),
  {
    name: 'marking a favourite',
    of: ['favourites save'],
    prepare: async (owner) => {
      await loggedInAt(owner, 'index')
      await owner.phone.type('.city', CITY)
    },
    act: tap('.heart'),
    isShown: toasted(TEXTS.favourites.marked),
    isTrue: (owner) => owner.documents('favourites').length === 1,
  },
  ...ownedPageScenarios({
    function: 'history',
    page: 'history',
    link: '.item-history',
    fields: { city: CITY },
    texts: TEXTS.history,
  }),
  {
    name: 'opening a destination',
    of: ['history save'],
    prepare: (owner) => loggedInAt(owner, 'discover'),
    act: tap({ selector: '.item', nth: 0 }),
    isShown: ({ page }) => page === 'destination',
    isUnasked: true,
  },
  {
    name: 'clearing the history',
    of: ['history clear'],
    prepare: async (owner) => {
      await owner.wasLoggedIn()
      const visit = { action: 'save', token: owner.user.token, key: 'the-same-key', city: CITY }
      succeeded(await owner.user.call('history', visit))
      await owner.open('history')
    },
    act: tapAndConfirm('.clear'),
    isShown: toasted(TEXTS.history.cleared),
    isTrue: (owner) => owner.documents('history').length === 0,
  },
]
