/**
 * What people choose first when they must choose something, in Italian and English and in this field, in small letters. Short ones are here for what is
 * left of them when digits and signs at the ends are taken off. It is a seat belt, not a wall: the wall is that guesses are counted.
 */
const words = `
password passwort passw0rd p@ssword p@ssw0rd passwordpassword passphrase secret letmein welcome changeme default
admin administrator amministratore amministrazione root user utente guest ospite test tester testing prova provaprova login accesso
qwerty qwertyuiop qwertz azerty asdfghjkl zxcvbnm iloveyou monkey dragon master superman batman football baseball sunshine princess
shadow whatever trustno starwars pokemon computer internet michael jordan jennifer charlie flower freedom cheese
ciao ciaociao juventus inter milan napoli palermo roma forzanapoli forzaroma forzamilan forzainter forzajuve calcio campione
amore amoremio tiamo tivoglio bene vitamia famiglia mamma papa angelo andrea alessandro francesco francesca giuseppe giuseppina
giovanni giovanna antonio antonella salvatore domenico vincenzo matteo lorenzo valentina martina chiara giulia federica alessandra
stella stellina principessa tesoro cucciolo topolino pippo paperino gennaro sansiro ferrari valentinorossi
benvenuto benvenuta segreto segretissimo parola parolachiave paroladordine chiave entrare cambiami nonloso nonloricordo
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre primavera estate autunno inverno
january february march april june july august september october november december spring summer autumn winter
lunedi martedi mercoledi giovedi venerdi sabato domenica monday tuesday wednesday thursday friday saturday sunday
italia italiana repubblica repubblicaitaliana comune comunedi regione provincia ministero ministerodellinterno prefettura procura tribunale
antimafia mafia legalita libera liberaterra giustizia falcone borsellino falconeborsellino confisca confiscati beniconfiscati benisequestrati
registry registro socialreuse socialreuseregistry registrodeibeni riusosociale agenzia agenzianazionale cooperativa
correcthorsebatterystaple correct-horse-battery-staple tobeornottobe mynameis thisismypassword questaelapassword lamiapassword
miapassword nuovapassword newpassword temporary temporanea provvisoria provvisorio onetwothree unoduetre unoduetrequattro
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.split(/\s+/).filter(Boolean));
