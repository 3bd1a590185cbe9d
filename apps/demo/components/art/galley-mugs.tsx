/** Two enamel mugs, painted with the letters U and C. */
export function GalleyMugs() {
  return (
    <>
      <g transform="translate(22 -34) rotate(-4 200 180)">
        <path d="M254 138c40-6 46 66 2 62" fill="none" stroke="var(--navy)" strokeWidth="11" />
        <path d="M160 112h92l8 122H152z" fill="#f7f4ea" />
        <path d="M206 112h46l8 122h-54z" fill="#dcdccf" />
        <path d="M159 134h94l6 84H154z" fill="var(--navy)" />
        <path d="M158 151h97l3 50H156z" fill="#fdfbf4" />
        <path d="M157 168h99l1 16H156z" fill="#c9352a" />
        <path d="M206 134h47l6 84h-53z" fill="#0d2634" opacity=".16" />
        <path d="M154 106h104v12H154z" fill="var(--navy)" />
      </g>
      <path d="M78 178c-42-6-48 68-2 66" fill="none" stroke="var(--navy)" strokeWidth="12" />
      <path d="M80 148h104l10 134H70z" fill="#fdfbf4" />
      <path d="M132 148h52l10 134h-62z" fill="#e6e5d8" />
      <path d="M101 182h62v62h-62z" fill="#fdfbf4" stroke="var(--navy)" strokeWidth="3" />
      <path d="M101 182h31v31h-31zM132 213h31v31h-31z" fill="#c9352a" />
      <path d="M74 142h116v13H74z" fill="var(--navy)" />
      <path d="M66 278h132v10H66z" fill="var(--navy)" />
      <g fill="var(--navy)">
        <circle cx="88" cy="176" r="2" />
        <circle cx="92" cy="258" r="2.4" />
        <circle cx="174" cy="262" r="2" />
        <circle cx="176" cy="172" r="2.2" />
        <circle cx="84" cy="222" r="1.6" />
        <circle cx="180" cy="216" r="1.6" />
      </g>
    </>
  );
}
