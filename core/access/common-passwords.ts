/**
 * The words and runs of keys that most common passwords are made of, in small letters: what is tried first. With digits
 * and signs around them, and said several times, they stand for many thousands.
 */
export const commonPasswords: readonly string[] = `
password passwort passwd pass passphrase mypassword thepassword newpassword oldpassword yourpassword
defaultpassword adminpassword rootpassword userpassword testpassword temppassword secretpassword strongpassword
longpassword passwordpassword passwordadmin passworduser passwordtest passwordroot
admin administrator adminadmin superadmin sysadmin adminuser root rootroot toor superuser operator
signalbox signalboxadmin signalboxpassword signalboxroot jobqueue postgres postgresql database
login letmein letmeinnow letmeinplease openup opensesame welcome welcomeback welcomehome hello helloworld hellothere
hellohello iloveyou iloveu iloveyousomuch ilovemyself iloveme iloveyoubaby loveyou lovely loveme lover
changeme changemenow changeit changethis changethispassword pleasechange pleasechangeme
default guest guestguest test testing testtest testuser demo demodemo demouser temporary temp
secret topsecret mysecret secretsecret supersecret verysecret
qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertyqwerty qwertyasdfgh qwertz qwertzuiop azerty azertyuiop
asdf asdfgh asdfghjkl asdfghjklzxcvbnm asdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc qazwsxedcrfv qazxsw zaqwsx
qweasd qweasdzxc qweqwe asdzxc poiuytrewq lkjhgfdsa mnbvcxz
abc abcabc abcdef abcdefg abcdefgh abcdefghij abcdefghijkl abcd abcdabcd
dragon monkey football baseball basketball superman batman spiderman starwars pokemon princess sunshine shadow master
mastermaster michael jennifer jessica jordan ashley daniel charlie thomas robert andrew matthew joshua anthony
michelle nicole samantha amanda hunter ranger buster soccer hockey killer george freedom whatever trustno trustnoone
computer internet server google facebook microsoft windows linux ubuntu apple samsung android iphone
company office business manager employee developer engineer production staging kubernetes docker
summer winter spring autumn january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday summertime wintertime
london newyork paris berlin america germany canada australia liverpool chelsea arsenal manchester barcelona
cheese cookie chocolate banana orange flower butterfly rainbow diamond purple silver golden angel angels heaven
jesus jesuschrist blessed family mother father forever friends mustang corvette ferrari harley mercedes porsche
matrix phoenix thunder ginger pepper maggie bailey tigger snoopy hannah maverick nothing something anything
correcthorse correcthorsebattery correcthorsebatterystaple thisismypassword thisisapassword iamtheadmin
ihatepasswords nopassword noneofyourbusiness whatsmypassword iforgot iforgotmypassword
`
  .trim()
  .split(/\s+/);
