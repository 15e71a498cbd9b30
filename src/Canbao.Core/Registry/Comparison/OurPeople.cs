using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry.Comparison;

/// <summary>What the register says of many people at once.</summary>
static class OurPeople
{
    const int MostInList = 500;

    public static async Task<Dictionary<long, OurPerson>> ReadAsync(
        Session session, int area, InsuranceYear year, IEnumerable<long> people)
    {
        var found = new Dictionary<long, OurPerson>();
        int number = year.Year;
        foreach (var ids in people.Distinct().Chunk(MostInList))
        {
            var rows = await session.Table<PersonRow>().Where(row => row.Area == area && row.PersonId.In(ids)).ToListAsync();
            var statuses = await session.Table<PersonStatusRow>()
                .Where(row => row.Area == area && row.PersonId.In(ids) && row.UntilDay == null)
                .ToDictionaryAsync(row => row.PersonId);
            var enrolled = await session.Table<EnrolmentRow>()
                .Where(row => row.Area == area && row.InsuranceYear == number && row.PersonId.In(ids) && row.EndedOn == null)
                .Select(row => row.PersonId).ToListAsync();
            var active = enrolled.ToHashSet();
            foreach (var row in rows)
                found.Add(row.PersonId, new()
                {
                    PersonId = row.PersonId,
                    Name = row.Name,
                    DiedOn = row.DiedOn,
                    Status = statuses.GetValueOrDefault(row.PersonId),
                    IsEnrolled = active.Contains(row.PersonId),
                });
        }

        return found;
    }
}
