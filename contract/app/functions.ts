import type { Exchange } from '../exchange'
import type {
  ListFavouritesData,
  ListFavouritesRequest,
  RemoveFavouritesData,
  RemoveFavouritesRequest,
  SaveFavouritesData,
  SaveFavouritesRequest,
} from './favourites'
import type {
  ClearHistoryData,
  ClearHistoryRequest,
  ListHistoryData,
  ListHistoryRequest,
  RemoveHistoryData,
  RemoveHistoryRequest,
  SaveHistoryData,
  SaveHistoryRequest,
} from './history'
import type {
  ListTripsData,
  ListTripsRequest,
  RemoveTripData,
  RemoveTripRequest,
  SaveTripData,
  SaveTripRequest,
} from './trips'

/** The app's own cloud functions. `npm run new` adds to them. */
export interface AppFunctions {
  trips:
    | Exchange<SaveTripRequest, SaveTripData>
    | Exchange<ListTripsRequest, ListTripsData>
    | Exchange<RemoveTripRequest, RemoveTripData>
  favourites:
    | Exchange<SaveFavouritesRequest, SaveFavouritesData>
    | Exchange<ListFavouritesRequest, ListFavouritesData>
    | Exchange<RemoveFavouritesRequest, RemoveFavouritesData>
  history:
    | Exchange<SaveHistoryRequest, SaveHistoryData>
    | Exchange<ListHistoryRequest, ListHistoryData>
    | Exchange<RemoveHistoryRequest, RemoveHistoryData>
    | Exchange<ClearHistoryRequest, ClearHistoryData>
}
