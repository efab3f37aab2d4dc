/*
 * Filter expressions over the fields of a collection. One rule per level of precedence, loosest
 * first, so that what a level binds can be read off the page; each level is a loop, so that only
 * brackets and exponents nest.
 */
grammar Filter;

filter: disjunction? EOF;

disjunction: conjunction (OR conjunction)*;
conjunction: bitOr (AND bitOr)*;
bitOr: bitXor (PIPE bitXor)*;
bitXor: bitAnd (CARET bitAnd)*;
bitAnd: equality (AMPERSAND equality)*;
equality: relation (equalityOperator relation)*;
relation: membership (relationOperator membership)*;
membership: shift (inOperator shift)*;
shift: sum (shiftOperator sum)*;
sum: product (sumOperator product)*;
product: signed (productOperator signed)*;
signed: prefixOperator* power;
power: match (POWER exponent)*;
exponent: prefixOperator+ power | match;
match: atom (LIKE atom)?;

equalityOperator: EQUAL | NOT_EQUAL;
relationOperator: LESS | LESS_EQUAL | GREATER | GREATER_EQUAL;
inOperator: NOT? IN;
shiftOperator: SHIFT_LEFT | SHIFT_RIGHT;
sumOperator: PLUS | MINUS;
productOperator: STAR | SLASH | PERCENT;
prefixOperator: PLUS | MINUS | TILDE | NOT;

atom
  : INTEGER
  | REAL
  | BOOLEAN
  | string
  | list
  | template
  | LEFT_PAREN disjunction RIGHT_PAREN
  | exists
  | call
  | nullTest
  | path
  ;

exists: EXISTS (path | LEFT_PAREN path RIGHT_PAREN);
nullTest: path IS NOT? NULL;
path: (name | META) subscript*;
subscript: LEFT_BRACKET (string | INTEGER) RIGHT_BRACKET;
string: STRING | RAW_STRING;
template: LEFT_BRACE name RIGHT_BRACE;

// a list of plain constants may be long and does not descend through all the levels
list: LEFT_BRACKET (element (COMMA element)* COMMA?)? RIGHT_BRACKET;
element: constant | disjunction;
constant: MINUS? (INTEGER | REAL) | string;

call: IDENTIFIER LEFT_PAREN (argument (COMMA argument)* COMMA?)? RIGHT_PAREN;
argument: (IDENTIFIER ASSIGN)? disjunction;

name: IDENTIFIER | IS | NULL;

OR: 'or' | 'OR' | '||';
AND: 'and' | 'AND' | '&&';
NOT: 'not' | 'NOT' | '!';
IN: 'in' | 'IN';
LIKE: 'like' | 'LIKE';
EXISTS: 'exists' | 'EXISTS';
IS: 'is' | 'IS';
NULL: 'null' | 'NULL';
BOOLEAN: 'true' | 'True' | 'TRUE' | 'false' | 'False' | 'FALSE';

EQUAL: '==';
NOT_EQUAL: '!=';
LESS: '<';
LESS_EQUAL: '<=';
GREATER: '>';
GREATER_EQUAL: '>=';
SHIFT_LEFT: '<<';
SHIFT_RIGHT: '>>';
POWER: '**';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
TILDE: '~';
AMPERSAND: '&';
CARET: '^';
PIPE: '|';
ASSIGN: '=';
COMMA: ',';
LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';

META: '$meta';
IDENTIFIER: [A-Za-z_] [A-Za-z0-9_]*;

INTEGER: '0' | [1-9] [0-9]* | '0' [0-7]+ | '0' [xX] HEX+ | '0' [bB] [01]+;
REAL
  : [0-9]+ EXPONENT
  | [0-9]+ '.' [0-9]* EXPONENT?
  | '.' [0-9]+ EXPONENT?
  | '0' [xX] (HEX+ '.'? | HEX* '.' HEX+) [pP] [+-]? [0-9]+
  ;

STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' | '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'';
RAW_STRING: [rR] STRING;

SPACE: [ \t\r\n]+ -> skip;
UNKNOWN: .;

fragment HEX: [0-9a-fA-F];
fragment EXPONENT: [eE] [+-]? [0-9]+;
