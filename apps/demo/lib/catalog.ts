/** Something the shop sells. */
export interface Product {
  readonly slug: ProductSlug;
  readonly name: string;
  /** One line, for lists. */
  readonly tagline: string;
  readonly description: string;
  readonly cents: number;
  readonly stock: number;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export type ProductSlug =
  | 'storm-lantern'
  | 'signal-set'
  | 'coast-glass'
  | 'watch-cap'
  | 'tide-clock'
  | 'galley-mugs';

/** Everything in the shop, in the order of the shelves. */
export const PRODUCTS: readonly Product[] = [
  {
    slug: 'storm-lantern',
    name: 'Storm Lantern No. 4',
    tagline: 'Burns nineteen hours, in any wind you would go out in.',
    description:
      'The lamp we hang by our own door. A hot-blast burner behind heat-proof glass keeps an even flame up to force nine, and the tank holds a night and a morning. Enamelled by hand in signal red, and every part of it can be replaced.',
    cents: 11_800,
    stock: 5,
    facts: [
      ['Burns', '19 hours on 0.6 l'],
      ['Stands', 'Force 9, tested outdoors'],
      ['Weighs', '1.1 kg, empty'],
    ],
  },
  {
    slug: 'signal-set',
    name: 'Signal Set, 26 flags',
    tagline: 'The whole alphabet, sewn, roped and toggled.',
    description:
      'Sewn from woven polyester that dries in an hour, with brass Inglefield clips, in a waxed canvas roll with a pocket for each letter. The hoist at the top of this shop flies from one.',
    cents: 21_000,
    stock: 12,
    facts: [
      ['Size', '30 × 36 cm, size 6'],
      ['Clips', 'Brass Inglefield'],
      ['Weighs', '1.6 kg with the roll'],
    ],
  },
  {
    slug: 'coast-glass',
    name: 'Coast Glass 12 × 42',
    tagline: 'A three-draw spyglass that reads a hull number at a mile.',
    description:
      'Brass draws, a stitched leather grip and fully coated optics. It closes to the length of a hand and opens to reach the horizon. The lens cap is on a lanyard, because we know you.',
    cents: 16_400,
    stock: 9,
    facts: [
      ['Optics', '12 × 42, fully coated'],
      ['Closed', '17 cm'],
      ['Weighs', '540 g'],
    ],
  },
  {
    slug: 'watch-cap',
    name: 'Four-to-Eight Cap',
    tagline: 'Double-knit wool, for the coldest watch of the night.',
    description:
      'Two layers of undyed-core merino, knitted in the round so there is no seam under a headset. The cuff carries the letter H, which says that there is a pilot on board.',
    cents: 4_200,
    stock: 31,
    facts: [
      ['Wool', 'Merino, 240 g/m²'],
      ['Sizes', 'One, and it is right'],
      ['Care', 'Cold water, flat to dry'],
    ],
  },
  {
    slug: 'tide-clock',
    name: 'Tide Clock',
    tagline: 'One hand, twelve hours and twenty-five minutes.',
    description:
      'It turns once from high water to high water. Set it at the next flood on your own shore and it will tell you what the beach is doing while you are still in bed. Spun brass, bone-white face.',
    cents: 9_600,
    stock: 4,
    facts: [
      ['Runs', '12 h 25 min a turn'],
      ['Across', '15 cm'],
      ['Battery', 'One AA, about two years'],
    ],
  },
  {
    slug: 'galley-mugs',
    name: 'Galley Mugs, a pair',
    tagline: 'Enamel, wide in the base, hard to tip.',
    description:
      'Steel, enamelled twice and rolled at the rim. The base is wider than the mouth, so it stays where it was put when the wake of the ferry comes in. U for you, C for company.',
    cents: 2_800,
    stock: 44,
    facts: [
      ['Holds', '0.35 l each'],
      ['Made of', 'Enamelled steel'],
      ['Fit for', 'Stove, fire, dishwasher'],
    ],
  },
];

/** The product of that slug. */
export function productOf(slug: string | null): Product | undefined {
  return PRODUCTS.find((product) => product.slug === slug);
}
