const RIBS = [
  'M96 214C98 150 116 110 152 84',
  'M118 214c0-60 12-100 38-131',
  'M140 214c-2-60 4-100 18-131',
  'M180 214c2-60-4-100-18-131',
  'M202 214c0-60-12-100-38-131',
  'M224 214c-2-64-20-104-56-130',
];

const CUFF_RIBS = [78, 98, 118, 138, 158, 178, 198, 218, 238];

/** A ribbed cap with a folded cuff, and the letter H on it. */
export function WatchCap() {
  return (
    <>
      <path d="M72 224C70 118 116 76 160 76s90 42 88 148z" fill="var(--navy)" />
      <path d="M160 76c44 0 90 42 88 148h-88z" fill="var(--navy-shade)" />
      <g fill="none" stroke="#4d7cab" strokeWidth="3" strokeLinecap="round">
        {RIBS.map((rib) => (
          <path key={rib} d={rib} />
        ))}
      </g>
      <rect x="58" y="200" width="204" height="66" rx="18" fill="var(--navy-light)" />
      <path d="M160 200h84c10 0 18 8 18 18v30c0 10-8 18-18 18h-84z" fill="var(--navy)" />
      <g stroke="var(--navy-dark)" strokeWidth="3" strokeLinecap="round">
        {CUFF_RIBS.map((x) => (
          <path key={x} d={`M${x} 210v46`} />
        ))}
      </g>
      <g transform="translate(182 214)">
        <path d="M-3-3h54v44H-3z" fill="var(--navy-dark)" />
        <path d="M0 0h24v38H0z" fill="#fdfbf4" />
        <path d="M24 0h24v38H24z" fill="#c9352a" />
      </g>
    </>
  );
}
