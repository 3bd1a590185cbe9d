/** A three-draw spyglass, open and raised. */
export function CoastGlass() {
  return (
    <g transform="rotate(-24 160 160)">
      <path d="M18 138h16v44H18z" fill="var(--iron)" />
      <path d="M34 146h64v28H34z" fill="#e3b457" />
      <path d="M34 162h64v12H34z" fill="#b27f27" />
      <path d="M34 150h64v4H34z" fill="#f8dd9d" />
      <path d="M96 138h8v44h-8z" fill="#8f6318" />
      <path d="M104 140h64v40h-64z" fill="#e3b457" />
      <path d="M104 162h64v18h-64z" fill="#b27f27" />
      <path d="M104 145h64v5h-64z" fill="#f8dd9d" />
      <path d="M166 130h9v60h-9z" fill="#8f6318" />
      <path d="M175 132h96v56h-96z" fill="#24476b" />
      <path d="M175 164h96v24h-96z" fill="#173350" />
      <path d="M175 139h96v5h-96z" fill="#3f6b98" />
      <path d="M175 160h96" fill="none" stroke="#e8d9b0" strokeWidth="1.6" strokeDasharray="5 4" />
      <path d="M271 126h10v68h-10z" fill="#8f6318" />
      <path d="M281 122h20v76h-20z" fill="#e3b457" />
      <path d="M281 164h20v34h-20z" fill="#b27f27" />
      <path d="M281 129h20v6h-20z" fill="#f8dd9d" />
      <path d="M301 118h7v84h-7z" fill="var(--iron)" />
      <path
        d="M186 188c-6 34 22 34 18 58-3 16-22 18-24 4-2-12 10-20 22-16"
        fill="none"
        stroke="#b3261b"
        strokeWidth="4"
        strokeLinecap="round"
      />
    </g>
  );
}
