/** A place the geocoder knows, with the middle of it in degrees. */
export interface Place {
  name: string;
  country: string;
  latitude: number;
  longitude: number;
}

/** The geocoder's whole world: name, country, latitude, longitude. */
export const places: readonly Place[] = (
  [
    ["Aarhus", "DK", 56.1629, 10.2039],
    ["Aberdeen", "GB", 57.1497, -2.0943],
    ["Amsterdam", "NL", 52.3676, 4.9041],
    ["Antwerp", "BE", 51.2194, 4.4025],
    ["Athens", "GR", 37.9838, 23.7275],
    ["Barcelona", "ES", 41.3874, 2.1686],
    ["Basel", "CH", 47.5596, 7.5886],
    ["Bergen", "NO", 60.3913, 5.3221],
    ["Berlin", "DE", 52.52, 13.405],
    ["Bilbao", "ES", 43.263, -2.935],
    ["Bologna", "IT", 44.4949, 11.3426],
    ["Bratislava", "SK", 48.1486, 17.1077],
    ["Brno", "CZ", 49.1951, 16.6068],
    ["Budapest", "HU", 47.4979, 19.0402],
    ["Copenhagen", "DK", 55.6761, 12.5683],
    ["Cork", "IE", 51.8985, -8.4756],
    ["Dublin", "IE", 53.3498, -6.2603],
    ["Edinburgh", "GB", 55.9533, -3.1883],
    ["Galway", "IE", 53.2707, -9.0568],
    ["Gdansk", "PL", 54.352, 18.6466],
    ["Geneva", "CH", 46.2044, 6.1432],
    ["Gothenburg", "SE", 57.7089, 11.9746],
    ["Graz", "AT", 47.0707, 15.4395],
    ["Hamburg", "DE", 53.5511, 9.9937],
    ["Helsinki", "FI", 60.1699, 24.9384],
    ["Krakow", "PL", 50.0647, 19.945],
    ["Leipzig", "DE", 51.3397, 12.3731],
    ["Lisbon", "PT", 38.7223, -9.1393],
    ["Ljubljana", "SI", 46.0569, 14.5058],
    ["Lyon", "FR", 45.764, 4.8357],
    ["Munich", "DE", 48.1351, 11.582],
    ["Naples", "IT", 40.8518, 14.2681],
    ["Oslo", "NO", 59.9139, 10.7522],
    ["Porto", "PT", 41.1579, -8.6291],
    ["Prague", "CZ", 50.0755, 14.4378],
    ["Reykjavik", "IS", 64.1466, -21.9426],
    ["Riga", "LV", 56.9496, 24.1052],
    ["Rotterdam", "NL", 51.9244, 4.4777],
    ["Seville", "ES", 37.3891, -5.9845],
    ["Stockholm", "SE", 59.3293, 18.0686],
    ["Tallinn", "EE", 59.437, 24.7536],
    ["Toulouse", "FR", 43.6047, 1.4442],
    ["Turin", "IT", 45.0703, 7.6869],
    ["Utrecht", "NL", 52.0907, 5.1214],
    ["Vienna", "AT", 48.2082, 16.3738],
    ["Vilnius", "LT", 54.6872, 25.2797],
    ["Warsaw", "PL", 52.2297, 21.0122],
    ["Zurich", "CH", 47.3769, 8.5417],
  ] as const
).map(([name, country, latitude, longitude]) => ({ name, country, latitude, longitude }));
