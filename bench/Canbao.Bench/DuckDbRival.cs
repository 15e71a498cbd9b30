using System.Globalization;
using DuckDB.NET.Data;

namespace Canbao.Bench;

/// <summary>
/// The same file answered by DuckDB inside this process: one query with the checks and rules of Baogou as CASE, copied to CSV in
/// input order. Values that cannot be read or contradict each other end the run; so does a repeated key, looked for beforehand.
/// </summary>
static class DuckDbRival
{
    public static void Run(string input, string output, int threads, bool unique)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        Execute(command, $"SET threads={threads.ToString(CultureInfo.InvariantCulture)}");
        Execute(command, "SET autoinstall_known_extensions=false");
        Execute(command, "SET autoload_known_extensions=false");
        Execute(command, "SET enable_progress_bar=false");
        if (unique) Execute(command, Unique(input));
        Execute(command, Copy(input, output));
    }

    /// <summary>Ends the run if a key comes twice.</summary>
    static string Unique(string input) => $"""
        SELECT CASE WHEN count(*) <> count(DISTINCT person_id) THEN error('a person_id comes twice') END FROM {Rows(input)}
        """;

    static string Copy(string input, string output) => $"""
        COPY (
          WITH asked AS (
            SELECT *, coalesce(paid_on, DATE '{Baogou.On}') AS paid, {ListOf("string_split(categories, ';')")} AS codes
            FROM {Rows(input)}
          ), answered AS (
            SELECT *, {Check} AS checked, {OutcomeOf} AS outcome, paid > {Day(Baogou.CentralEnds)} AS late,
              {Has(Baogou.PoorNames)} AS poor, birth_date <= {Day(Baogou.SixtyBy)} AS aged,
              {Has(Baogou.FamilyNames)} AS family, {Has(Baogou.DisabledNames)} AS disabled, {Has(Baogou.EntitledNames)} AS entitled
            FROM asked
          ), grounded AS (
            SELECT *, poor::INT + aged::INT + family::INT + disabled::INT + entitled::INT > 1 AS several,
              CASE WHEN outcome <> 'due' THEN NULL WHEN late THEN 7 WHEN poor THEN 1 WHEN birth_date <= {Day(Baogou.SeventyBy)} THEN 2
                WHEN family THEN 3 WHEN disabled THEN 4 WHEN entitled THEN 5 WHEN aged THEN 6 ELSE 0 END AS ground
            FROM answered
          )
          SELECT person_id, outcome, {Due} AS personal_due, {Funding} AS funding,
            CASE WHEN ground = 7 THEN '0.00' WHEN ground IS NOT NULL THEN '580.00' END AS subsidy,
            CASE WHEN ground < 7 THEN {Day(Baogou.YearBegins)}
              WHEN ground = 7 AND paid + {Baogou.LateCoverAfter} <= {Day(Baogou.YearEnds)} THEN paid + {Baogou.LateCoverAfter}
              END AS coverage_from,
            CASE WHEN ground < 7 OR ground = 7 AND paid + {Baogou.LateCoverAfter} <= {Day(Baogou.YearEnds)}
              THEN {Day(Baogou.YearEnds)} END AS coverage_to,
            NULL AS refundable_until, {Clauses} AS clauses
          FROM grounded WHERE checked
        ) TO '{Quoted(output)}' (FORMAT csv, HEADER true)
        """;

    // BETWEEN and not IN: five constants in an IN become a join, and the copy then loses the input order or its second thread.
    const string Due = """
        CASE WHEN ground BETWEEN 1 AND 5 THEN '0.00' WHEN ground = 0 THEN '320.00' WHEN ground = 6 THEN '160.00'
          WHEN ground = 7 THEN '900.00' END
        """;

    const string Funding = """
        CASE WHEN ground IN (1, 2, 4, 5) THEN 'city_finance=320.00' WHEN ground = 6 THEN 'city_finance=160.00'
          WHEN ground = 3 THEN 'city_finance=160.00;town_finance=160.00' END
        """;

    static string OutcomeOf => $"""
        CASE WHEN other_cover <> 'none' THEN 'duplicate_cover'
          WHEN employment = 'employee' OR NOT (residence IN ('local_hukou', 'residence_permit')
            OR student IN ('college', 'vocational') OR coalesce(scope_status = 'migrant_child', false)) THEN 'out_of_scope'
          WHEN registered_on IS NULL AND (coalesce(first_time = 'yes', false)
            OR paid - birth_date <= 366 AND paid <= birth_date + INTERVAL 12 MONTH) THEN 'not_registered'
          WHEN paid < {Day(Baogou.Opens)} THEN 'not_open'
          WHEN paid > {Day(Baogou.YearEnds)} THEN 'closed'
          ELSE 'due' END
        """;

    /// <summary>Names each column that the rules leave aside, since a column that no expression names is never parsed.</summary>
    static string Check => $"""
        CASE WHEN person_id IS NULL OR person_id[1] IN ('=', '+', '-', '@') THEN error('person_id ' || person_id)
          WHEN birth_date IS NULL OR birth_date > paid OR birth_date > registered_on THEN error('birth_date of ' || person_id)
          WHEN registered_on > paid THEN error('registered_on of ' || person_id)
          WHEN employee_cover_ended > paid THEN error('employee_cover_ended of ' || person_id)
          WHEN residence IS NULL OR employment IS NULL OR student IS NULL OR other_cover IS NULL THEN error('gap in ' || person_id)
          WHEN tier NOT IN ('1', '2') THEN error('tier of ' || person_id)
          WHEN NOT isfinite(school_entry_date) THEN error('school_entry_date of ' || person_id)
          ELSE true END
        """;

    static string Clauses => $"""
        CASE outcome WHEN 'duplicate_cover' THEN '{Baogou.Duplicate}' WHEN 'out_of_scope' THEN '{Baogou.Scope}'
          WHEN 'not_registered' THEN '{Baogou.First}' WHEN 'not_open' THEN '{Baogou.Period}' WHEN 'closed' THEN '{Baogou.Period}'
          ELSE CASE ground
            WHEN 1 THEN CASE WHEN several THEN '{Baogou.Aid1Highest}' ELSE '{Baogou.Aid1}' END
            WHEN 2 THEN CASE WHEN several THEN '{Baogou.Aid2Highest}' ELSE '{Baogou.Aid2}' END
            WHEN 3 THEN CASE WHEN several THEN '{Baogou.Aid3Highest}' ELSE '{Baogou.Aid3}' END
            WHEN 4 THEN CASE WHEN several THEN '{Baogou.Aid4Highest}' ELSE '{Baogou.Aid4}' END
            WHEN 5 THEN CASE WHEN several THEN '{Baogou.Aid5Highest}' ELSE '{Baogou.Aid5}' END
            WHEN 6 THEN '{Baogou.Aid2}' ELSE '{Baogou.Plain}' END END
        """;

    static string Has(string[] names) => $"coalesce(list_has_any(codes, {ListOf($"[{Words(names)}]")}), false)";

    /// <summary>A list of category codes; an unknown code ends the run.</summary>
    static string ListOf(string words) => $"{words}::{Enumeration(Codes.Categories)}[]";

    static string Words(string[] words) => string.Join(", ", words.Select(word => $"'{word}'"));

    static string Day(DateOnly day) => $"DATE '{day:yyyy-MM-dd}'";

    static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>The input with its types given, codes as enumerations so that an unknown one ends the run.</summary>
    static string Rows(string input)
    {
        var columns = string.Join(", ", Codes.Columns.Select(column => $"'{column}': '{Quoted(TypeOf(column))}'"));
        return $"read_csv('{Quoted(input)}', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', columns={{{columns}}})";
    }

    static string TypeOf(string column) => column switch
    {
        "person_id" or "categories" or "tier" => "VARCHAR",
        "residence" => Enumeration(Codes.Residence),
        "employment" => Enumeration(Codes.Employment),
        "student" => Enumeration(Codes.Student),
        "scope_status" => Enumeration(Codes.ScopeStatus[1..]),
        "other_cover" => Enumeration(Codes.OtherCover),
        "first_time" => Enumeration(Codes.FirstTime),
        _ => "DATE",
    };

    static string Enumeration(string[] words) => $"ENUM({Words(words)})";

    static void Execute(DuckDBCommand command, string sql)
    {
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
