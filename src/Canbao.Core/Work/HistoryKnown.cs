using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work;

/// <summary>What is stored of a person and year already.</summary>
/// <param name="IsEnrolled">Whether there is an enrolment, ended ones too.</param>
/// <param name="Paid">What was paid; null for nothing.</param>
readonly record struct KeptYear(bool IsEnrolled, Money? Paid);

/// <summary>What is stored of the years of a history file: held in memory while the file is read.</summary>
sealed class HistoryKnown(Session session, int area)
{
    readonly Dictionary<InsuranceYear, Dictionary<long, KeptYear>> years = [];
    readonly Dictionary<InsuranceYear, HashSet<UInt128>> elsewhere = [];
    readonly HashSet<(InsuranceYear Year, long Person)> seen = [];

    /// <summary>Whether no earlier row of the file means the same person and year.</summary>
    public bool IsFirst(InsuranceYear year, long person) => seen.Add((year, person));

    /// <summary>What is stored of a person; <see cref="LoadAsync"/> comes first.</summary>
    public KeptYear Of(InsuranceYear year, long person) => years[year].GetValueOrDefault(person);

    /// <summary>Whether another area of the installation has enrolled whoever has a number.</summary>
    public bool IsElsewhere(InsuranceYear year, byte[] numberHash) => elsewhere[year].Contains(ListedPeople.Key(numberHash));

    /// <summary>Reads a year, once.</summary>
    public async Task LoadAsync(InsuranceYear year)
    {
        if (years.ContainsKey(year))
            return;
        DataParameter[] given = [new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32)];
        var kept = new Dictionary<long, KeptYear>();
        await using (var rows = await session.Data.ExecuteReaderAsync(
            """
            select e.person_id, p.amount from enrolment e
            left join payment p on p.area = e.area and p.area = @area and p.insurance_year = e.insurance_year
                and p.person_id = e.person_id and p.reversed_by is null
            where e.area = @area and e.insurance_year = @year
            """,
            given))
            while (await rows.Reader!.ReadAsync())
                kept.Add(
                    rows.Reader.GetInt64(0),
                    new(true, await rows.Reader.IsDBNullAsync(1) ? null : Money.FromFen(rows.Reader.GetInt64(1))));
        var others = new HashSet<UInt128>();
        await using (var rows = await session.Data.ExecuteReaderAsync(
            "select person_hash from enrolment_claim where insurance_year = @year and area <> @area", given))
            while (await rows.Reader!.ReadAsync())
                others.Add(ListedPeople.Key(rows.Reader.GetFieldValue<byte[]>(0)));
        years.Add(year, kept);
        elsewhere.Add(year, others);
    }
}
