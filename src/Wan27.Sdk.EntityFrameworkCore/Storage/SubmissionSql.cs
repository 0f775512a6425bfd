using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wan27.Sdk.Storage;

/// <summary>
/// The two writing commands, in SQL that SQLite, PostgreSQL and SQL Server share, with the names of the model. Each is several statements in one round
/// trip. The first one locks the gate, so that those after it see what earlier calls have committed. Each can be repeated without another effect.
/// </summary>
internal sealed class SubmissionSql
{
    private const int Intended = (int)SubmissionState.Intended;
    private const int Refused = (int)SubmissionState.Refused;

    private readonly ISqlGenerationHelper quote;
    private readonly Table<SubmissionRow> submissions;
    private readonly Table<SpendingRow> spending;
    private readonly Table<GateRow> gate;
    private readonly Table<JobRow>? jobs;

    public SubmissionSql(DbContext context)
    {
        quote = context.GetService<ISqlGenerationHelper>();
        submissions = new Table<SubmissionRow>(context.Model, quote);
        spending = new Table<SpendingRow>(context.Model, quote);
        gate = new Table<GateRow>(context.Model, quote);
        jobs = context.Model.FindEntityType(typeof(JobRow)) is null ? null : new Table<JobRow>(context.Model, quote);
        Begin = BeginText();
        UpdateById = UpdateText(nameof(SubmissionRow.ClientRequestId));
        UpdateByGeneration = UpdateText(nameof(SubmissionRow.GenerationId));
    }

    /// <summary>
    /// Arguments: 0 id, 1 fingerprint, 2 model, 3 account, 4 budget, 5 estimate or −1, 6 started at, 7 day, 8 recorded at, 9 id of the call, 10 limit or −1,
    /// 11 first day, 12 most in progress or −1, 13 in progress since, 14 when the job is due or −1.
    /// </summary>
    public string Begin { get; }

    /// <summary>Whether the context has the table of jobs.</summary>
    public bool HasJobs => jobs is not null;

    /// <summary>Arguments: 0 id, 1 account, 2 state, 3 generation or "", 4 actual price or −1, 5 recorded at, 6 id of the call.</summary>
    public string UpdateById { get; }

    /// <summary>The same with the generation's id as the key.</summary>
    public string UpdateByGeneration { get; }

    private string BeginText()
    {
        var (t, s, g) = (submissions, spending, gate);
        var total = $"COALESCE((SELECT SUM(x.{s["SpentMicros"]} + x.{s["ReservedMicros"]}) FROM {s.Name} x WHERE x.{s["Budget"]} = {{4}} AND x.{s["Day"]} >= {{11}}), 0)";
        var running = $"(SELECT COUNT(*) FROM {t.Name} y WHERE y.{t["State"]} IN (0, 1) AND y.{t["Account"]} = {{3}} AND y.{t["StartedAt"]} >= {{13}})";
        var allowed = $"({{10}} < 0 OR ({{5}} >= 0 AND {{5}} <= {{10}} - {total})) AND ({{12}} < 0 OR {running} < {{12}})";
        var mine = $"{t["ClientRequestId"]} = {{0}} AND {t["BeginId"]} = {{9}} AND {t["IsCounted"]} = 0";
        string Sum(string column) => $"CAST(COALESCE((SELECT SUM(x.{s[column]}) FROM {s.Name} x WHERE x.{s["Budget"]} = {{4}} AND x.{s["Day"]} >= {{11}}), 0) AS BIGINT)";
        return $"""
            UPDATE {g.Name} SET {g["LastCall"]} = {"{9}"} WHERE {g["Id"]} = 1;
            UPDATE {t.Name} SET {t["Fingerprint"]} = {"{1}"}, {t["Model"]} = {"{2}"}, {t["State"]} = {Intended}, {t["GenerationId"]} = NULL, {t["Account"]} = {"{3}"},
                {t["Budget"]} = {"{4}"}, {t["EstimatedMicros"]} = NULLIF({"{5}"}, -1), {t["ActualMicros"]} = NULL, {t["StartedAt"]} = {"{6}"}, {t["Day"]} = {"{7}"},
                {t["RecordedAt"]} = {"{8}"}, {t["BeginId"]} = {"{9}"}, {t["IsCounted"]} = 0
                WHERE {t["ClientRequestId"]} = {"{0}"} AND {t["State"]} = {Refused} AND {allowed};
            INSERT INTO {t.Name} ({t["ClientRequestId"]}, {t["Fingerprint"]}, {t["Model"]}, {t["State"]}, {t["Account"]}, {t["Budget"]}, {t["EstimatedMicros"]},
                {t["StartedAt"]}, {t["Day"]}, {t["RecordedAt"]}, {t["BeginId"]}, {t["IsCounted"]})
                SELECT {"{0}"}, {"{1}"}, {"{2}"}, {Intended}, {"{3}"}, {"{4}"}, NULLIF({"{5}"}, -1), {"{6}"}, {"{7}"}, {"{8}"}, {"{9}"}, 0 FROM {g.Name} one
                WHERE one.{g["Id"]} = 1 AND NOT EXISTS (SELECT 1 FROM {t.Name} known WHERE known.{t["ClientRequestId"]} = {"{0}"}) AND {allowed};
            INSERT INTO {s.Name} ({s["Budget"]}, {s["Day"]}, {s["SpentMicros"]}, {s["ReservedMicros"]})
                SELECT {"{4}"}, {"{7}"}, 0, 0 FROM {g.Name} one WHERE one.{g["Id"]} = 1
                AND NOT EXISTS (SELECT 1 FROM {s.Name} known WHERE known.{s["Budget"]} = {"{4}"} AND known.{s["Day"]} = {"{7}"});
            UPDATE {s.Name} SET {s["ReservedMicros"]} = {s["ReservedMicros"]} + CASE WHEN {"{5}"} > 0 THEN {"{5}"} ELSE 0 END
                WHERE {s["Budget"]} = {"{4}"} AND {s["Day"]} = {"{7}"} AND EXISTS (SELECT 1 FROM {t.Name} WHERE {mine});
            {(jobs is { } j ? $"""
            INSERT INTO {j.Name} ({j["ClientRequestId"]}, {j["Account"]}, {j["Owner"]}, {j["DueAt"]}, {j["IsUnknownHanded"]}, {j["Failures"]})
                SELECT {"{0}"}, {"{3}"}, '', {"{14}"}, 0, 0 FROM {g.Name} one WHERE one.{g["Id"]} = 1 AND {"{14}"} >= 0
                AND EXISTS (SELECT 1 FROM {t.Name} WHERE {mine}) AND NOT EXISTS (SELECT 1 FROM {j.Name} known WHERE known.{j["ClientRequestId"]} = {"{0}"});
            """ : "")}
            UPDATE {t.Name} SET {t["IsCounted"]} = 1 WHERE {mine};
            SELECT t.{t["ClientRequestId"]}, t.{t["Fingerprint"]}, t.{t["Model"]}, t.{t["State"]}, t.{t["GenerationId"]}, t.{t["Account"]}, t.{t["Budget"]},
                t.{t["EstimatedMicros"]}, t.{t["ActualMicros"]}, t.{t["StartedAt"]}, t.{t["RecordedAt"]}, t.{t["BeginId"]},
                {Sum("SpentMicros")}, {Sum("ReservedMicros")}, CAST({running} AS BIGINT)
                FROM {g.Name} one LEFT JOIN {t.Name} t ON t.{t["ClientRequestId"]} = {"{0}"} WHERE one.{g["Id"]} = 1;
            """;
    }

    private string UpdateText(string key)
    {
        var (t, s, g) = (submissions, spending, gate);
        var state = $"CASE WHEN {{2}} = {Refused} THEN CASE WHEN {t["State"]} = {Intended} THEN {Refused} ELSE {t["State"]} END WHEN {{2}} > {t["State"]} THEN {{2}} ELSE {t["State"]} END";
        var actual = $"COALESCE({t["ActualMicros"]}, NULLIF({{4}}, -1))";
        var row = $"{t[key]} = {{0}} AND {t["Account"]} = {{1}} AND {t["State"]} <> {Refused}";
        var before = $"COALESCE({t["ActualMicros"]}, {t["EstimatedMicros"]}, 0)";
        var after = $"COALESCE({actual}, {t["EstimatedMicros"]}, 0)";
        string Change(bool isReserved)
        {
            var (old, now) = isReserved
                ? ($"CASE WHEN {t["State"]} = {Intended} THEN {before} ELSE 0 END", $"CASE WHEN ({state}) = {Intended} THEN {after} ELSE 0 END")
                : ($"CASE WHEN {t["State"]} = {Intended} THEN 0 ELSE {before} END", $"CASE WHEN ({state}) IN ({Intended}, {Refused}) THEN 0 ELSE {after} END");
            return $"COALESCE((SELECT SUM({now} - {old}) FROM {t.Name} WHERE {row}), 0)";
        }

        return $"""
            UPDATE {g.Name} SET {g["LastCall"]} = {"{6}"} WHERE {g["Id"]} = 1;
            UPDATE {s.Name} SET {s["SpentMicros"]} = {s["SpentMicros"]} + {Change(isReserved: false)},
                {s["ReservedMicros"]} = {s["ReservedMicros"]} + {Change(isReserved: true)}
                WHERE {s["Budget"]} = (SELECT MAX({t["Budget"]}) FROM {t.Name} WHERE {row}) AND {s["Day"]} = (SELECT MAX({t["Day"]}) FROM {t.Name} WHERE {row});
            UPDATE {t.Name} SET {t["State"]} = {state}, {t["GenerationId"]} = COALESCE({t["GenerationId"]}, NULLIF({"{3}"}, '')),
                {t["ActualMicros"]} = {actual}, {t["RecordedAt"]} = {"{5}"}
                WHERE {row} AND ({t["State"]} <> {state} OR ({t["ActualMicros"]} IS NULL AND {"{4}"} >= 0) OR ({t["GenerationId"]} IS NULL AND {"{3}"} <> ''));
            {(jobs is { } j ? $"""
            DELETE FROM {j.Name} WHERE {j["ClientRequestId"]} IN (SELECT {t["ClientRequestId"]} FROM {t.Name}
                WHERE {t[key]} = {"{0}"} AND {t["Account"]} = {"{1}"} AND {t["State"]} = {Refused}) AND {"{2}"} = {Refused};
            """ : "")}
            """;
    }

    /// <summary>The names of a table and its columns in the model of the context, which may have conventions of its own.</summary>
    private sealed class Table<TRow>
    {
        private readonly Dictionary<string, string> columns;

        public Table(IModel model, ISqlGenerationHelper quote)
        {
            var entity = model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException(
                "The context has no tables for submissions: call modelBuilder.AddWanSubmissions() in its OnModelCreating, and add a migration.");
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            Name = quote.DelimitIdentifier(table.Name, table.Schema);
            columns = entity.GetProperties().ToDictionary(property => property.Name, property => quote.DelimitIdentifier(property.GetColumnName(table)!));
        }

        public string Name { get; }

        public string this[string property] => columns[property];
    }
}
