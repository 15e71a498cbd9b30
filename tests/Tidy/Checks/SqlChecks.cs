using System.Text.RegularExpressions;
using Canbao.TestKit.Databases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>Holds migrations to what lets one schema run on SQLite, on PostgreSQL, and spread over several servers by area.</summary>
static partial class SqlChecks
{
    /// <summary>The tables without an area: the same everywhere and small. The one list of them.</summary>
    static readonly HashSet<string> ReferenceTables =
    [
        // Areas themselves; logins, subjects of the identity provider and claims are unique in the whole installation; keys are shared by
        // its web servers.
        "area", "login", "provider_tie", "protection_key", "enrolment_claim",
        // Of the tests of storage.
        "kind",
    ];

    static readonly Dictionary<string, string[]> Types = new()
    {
        [""] = ["integer", "{long}", "{bool}", "{text}", "{date}", "{instant}", "{bytes}"],
        [".sqlite"] = ["integer", "text", "blob"],
        [".postgres"] = ["integer", "bigint", "boolean", "date", "timestamptz", "bytea", "text collate c"],
    };

    public static readonly Check AreaComesFirst = new(
        "A table has an area, which begins its primary key, or is listed as a reference table",
        IsSql,
        file => from table in SqlTables.In(file).Tables
                where !IsReference(table.Name)
                from fault in Faults(SqlTables.In(file), table.Name)
                select file.At(table.Line, $"{table.Name} {fault}"))
    {
        Broken =
        [
            Sql("create table a (id integer not null, constraint a_pk primary key (id)) {strict};"),
            Sql("create table a (area integer not null, id integer not null, constraint a_pk primary key (id, area)) {strict};"),
            Sql("create table a (area integer not null, id integer not null) {strict};"),
            Sql("create table a (area {long} not null, constraint a_pk primary key (area)) {strict};"),
            Sql("create table a (area integer, constraint a_pk primary key (area)) {strict};"),
            Sql("create table a (area integer not null primary key, id integer not null, unique (id)) {strict};", "0001-a.sqlite"),
        ],
        Sound = [Sql(Good), Sql("create table kind (code {text} not null, constraint kind_pk primary key (code)) {strict};")],
    };

    public static readonly Check UniqueWithinAnArea = new(
        "What is unique is unique within an area",
        IsSql,
        file => from rule in SqlTables.In(file).Constraints
                where rule.Kind is "primary" or "unique" && !IsReference(rule.Table) && !rule.Columns.Contains("area")
                select file.At(rule.Line, $"{rule.Name ?? rule.Kind} of {rule.Table} is without area"))
    {
        Broken =
        [
            Sql(Table("key {text} not null, constraint a_key unique (key)")),
            Sql(Table("key {text} not null unique")),
            Sql(Table("key {text} constraint a_key unique not null")),
            Sql("create unique index a_key on a (key);"),
            Sql("create unique index if not exists a_key on a (key) where key > '';"),
            Sql("alter table a add constraint a_key unique (key);"),
        ],
        Sound =
        [
            Sql(Table("key {text} not null, constraint a_key unique (area, key)")),
            Sql("create unique index a_key on a (area, key);\ncreate index a_name on a (name);"),
            Sql("create unique index kind_name on kind (name);"),
        ],
    };

    public static readonly Check ReferencesStayInTheArea = new(
        "A reference to a table with an area is over the area too, and changes no key",
        IsSql,
        file => from key in SqlTables.In(file).Constraints
                where key.Target is not null && !IsReference(key.Target)
                let place = Array.IndexOf(key.Columns, "area")
                where place < 0 || place != Array.IndexOf(key.TargetColumns, "area")
                select file.At(key.Line, $"{key.Name ?? "a reference"} of {key.Table} to {key.Target} leaves the area open"))
    {
        Broken =
        [
            Sql(Table("b {long} not null, constraint a_b foreign key (b) references b (id)")),
            Sql(Table("b {long} not null, constraint a_b foreign key (area, b) references b (id, area)")),
            Sql(Table("b {long} not null, constraint a_b foreign key (area, b) references b")),
            Sql(Table("b {long} not null references b (id)")),
            Sql("alter table a add constraint a_b foreign key (b) references b (id);"),
        ],
        Sound =
        [
            Sql(Table("b {long} not null, constraint a_b foreign key (area, b) references b (area, id)")),
            Sql(Table("kind {text} not null, constraint a_kind foreign key (kind) references kind (code)")),
        ],
    };

    public static readonly Check ConstraintsHaveNames = new(
        "A constraint has a name, by which it is told on both engines",
        IsSql,
        file => from rule in SqlTables.In(file).Constraints
                where rule.Name is null
                select file.At(rule.Line, $"a constraint of {rule.Table} has no name"))
    {
        Broken = [Sql(Table("n integer not null, check (n > 0)")), Sql(Table("n integer not null check (n > 0)"))],
        Sound = [Sql(Table("n integer not null, constraint a_n check (n > 0)"))],
    };

    public static readonly Check TypesAreStrict = new(
        "Tables are STRICT on SQLite and have column types that mean the same on both engines",
        IsSql,
        file => [.. NotStrict(file), .. UnknownTypes(file)])
    {
        Broken =
        [
            Sql("create table a (area integer not null, constraint a_pk primary key (area));"),
            Sql("create table a (area integer not null, constraint a_pk primary key (area)) strict;"),
            Sql("create table a (area integer not null, constraint a_pk primary key (area));", "0001-a.sqlite"),
            Sql("create table a as select * from b;"),
            Sql(Table("name text not null")),
            Sql(Table("born date")),
            Sql(Table("n bigint not null")),
            Sql(Table("n numeric(12, 2) not null")),
            Sql("alter table a add column name varchar(20);"),
            Sql("alter table a add name text;", "0001-a.postgres"),
        ],
        Sound =
        [
            Sql(Good),
            Sql("create table a (area integer not null, name text not null) strict;", "0001-a.sqlite"),
            Sql("alter table a add column name text collate \"C\" not null default '';", "0001-a.postgres"),
        ],
    };

    public static readonly Check NothingOfItsOwnAccord = new(
        "SQL has no trigger, MERGE, clock, chance, SET NULL, or change of area",
        file => IsSql(file) || file.IsCSharp && file.IsBelow("src"),
        file => IsSql(file)
            ? Forbidden(file, file.Text, 0)
            : from token in file.Root.DescendantTokens()
              where token.Value is string || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
              where Statement().IsMatch(token.ValueText)
              from violation in Forbidden(file, token.ValueText, token.GetLocation().GetLineSpan().StartLinePosition.Line)
              select violation)
    {
        Broken =
        [
            Sql("create trigger a before insert on b begin select 1; end;"),
            Sql("merge into a using (values (1)) as v on true when matched then delete;"),
            Sql("update a set seen_at = now() where area = 1;"),
            Sql("insert into a (area, n) values (1, random()) on conflict do nothing;"),
            Sql(Table("made_at {instant} not null default current_timestamp")),
            Sql(Table("b {long}, constraint a_b foreign key (area, b) references b (area, id) on delete set null")),
            Sql("update a set n = 1, area = 2 where area = 1;"),
            new("src/Canbao.Core/Ledger/A.cs", "class A { string b = \"update a set seen_at = clock_timestamp() where area = @area\"; }\n"),
            new("src/Canbao.Core/Ledger/A.cs", "class A { string b = \"\"\"\n    MERGE INTO a\n    \"\"\"; }\n"),
        ],
        Sound =
        [
            Sql("insert into a (area, name) values (1, 'now() and merge'); -- random()"),
            Sql("update a set n = 1 where area = 1;"),
            new("src/Canbao.Core/Ledger/A.cs", "class A { string b = \"now() or later\"; }\n"),
            new("src/Canbao.Core/Ledger/A.cs", "class A { string b = \"update a set n = 1 where area = 1\"; }\n"),
        ],
    };

    const string Good = "create table a (area integer not null, id {long} not null, constraint a_pk primary key (area, id)) {strict};";

    static bool IsSql(SourceFile file) => file.Path.EndsWith(".sql", StringComparison.Ordinal);

    /// <summary>A table that a rebuild makes under another name stands for the one it becomes.</summary>
    static bool IsReference(string table) => ReferenceTables.Contains(Rebuilt().Replace(table, ""));

    static IEnumerable<string> Faults(SqlTables found, string table)
    {
        if (!found.Columns.Any(column => column.Table == table && column.Name == "area" && column.Words is ["integer", "not", "null", ..]))
            yield return "has no 'area integer not null'";
        if (!found.Constraints.Any(rule => rule.Table == table && rule.Kind == "primary" && rule.Columns is ["area", _, ..]))
            yield return "has no primary key of the area and something more";
    }

    static IEnumerable<Violation> NotStrict(SourceFile file) =>
        from table in SqlTables.In(file).Tables
        let wanted = Engine(file) switch { "" => "{strict}", ".sqlite" => "strict", _ => null }
        where wanted is not null && table.Tail is not [.., var last] || wanted is not null && table.Tail[^1] != wanted
        select file.At(table.Line, $"{table.Name} is not {wanted}");

    static IEnumerable<Violation> UnknownTypes(SourceFile file) =>
        from column in SqlTables.In(file).Columns
        where !Types[Engine(file)].Any(type => column.Words.Take(type.Split(' ').Length).SequenceEqual(type.Split(' ')))
        select file.At(column.Line, $"{column.Name} has another type than {string.Join(", ", Types[Engine(file)])}");

    static IEnumerable<Violation> Forbidden(SourceFile file, string sql, int line) =>
        from statement in SqlWords.Statements(sql)
        let text = string.Join(' ', statement)
        from Match match in ForbiddenWords().Matches(text)
        select file.At(line + statement[0].Line, $"'{match.Value}' is not allowed");

    static string Engine(SourceFile file) => Path.GetExtension(Path.GetFileNameWithoutExtension(file.Path));

    static string Table(string elements) =>
        $"create table a (area integer not null, id {{long}} not null, {elements}, constraint a_pk primary key (area, id)) {{strict}};";

    static SourceFile Sql(string sql, string name = "0001-a") => new($"src/Canbao.Core/Schema/{name}.sql", sql + "\n");

    [GeneratedRegex(
        @"\b(trigger|merge|now|random|clock_timestamp|statement_timestamp|transaction_timestamp|gen_random_uuid|current_timestamp|"
        + @"current_date|current_time|localtime|localtimestamp|randomblob)\b|\bset null\b|\bset default\b|\bset (.* , )?area =")]
    private static partial Regex ForbiddenWords();

    [GeneratedRegex(@"^\s*(insert|update|delete|select|with|merge|create|alter)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Statement();

    [GeneratedRegex("_new$")]
    private static partial Regex Rebuilt();
}
