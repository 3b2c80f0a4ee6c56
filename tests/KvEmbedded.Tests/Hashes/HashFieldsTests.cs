using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.Hashes;
using KvEmbedded.Records;
using static KvEmbedded.Tests.Hashes.HashShapes;

namespace KvEmbedded.Tests.Hashes;

/// <summary>The structure by itself, beside a plain dictionary.</summary>
public sealed class HashFieldsTests
{
    [Property(MaxTest = 1_000, EndSize = 400)]
    public void Fields_values_and_deadlines_are_those_of_a_plain_dictionary(byte shape, FieldStep[] steps)
    {
        var fields = new HashFields(HashShapes.Of(shape));
        var model = new Dictionary<string, (string Value, long Deadline)>();
        foreach (var step in steps)
        {
            // Of several with the same deadline any may go first: then the model has no say.
            if (step.Kind % 16 == 15 && HasTies(model)) continue;
            Assert.Equal(step.Run(model), step.Run(fields));
            Assert.Equal(model.Count == 0 ? Expiry.NoDeadline : model.Min(static pair => pair.Value.Deadline), fields.NextDeadline);
        }

        Same(model, fields);
    }

    [Property(MaxTest = 300, EndSize = 300)]
    public void A_copy_is_the_same_and_stays_so(byte shape, FieldStep[] before, FieldStep[] after)
    {
        var fields = new HashFields(HashShapes.Of(shape));
        foreach (var step in before) step.Run(fields);
        fields.Timer = 5;
        var copy = (HashFields)fields.Copy();
        var content = Content(fields);
        Assert.Equal(Expiry.NoTimer, copy.Timer);

        foreach (var step in after) step.Run(fields);
        copy.CheckInvariants();
        Assert.Equal(content, Content(copy));

        var twin = new HashFields(HashShapes.Of(shape));
        foreach (var step in before) step.Run(twin);
        foreach (var step in after)
        {
            if (step.Kind % 16 != 15) Assert.Equal(step.Run(twin), step.Run(copy));
        }

        copy.CheckInvariants();
        Assert.Equal(Content(twin), Content(copy));
    }

    [Property(MaxTest = 300, EndSize = 300)]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(byte shape, FieldStep[] before, FieldStep[] steps)
    {
        var fields = new HashFields(HashShapes.Of(shape));
        foreach (var step in before) step.Run(fields);
        var old = Content(fields);
        var log = new SortedSets.EffectLog();
        fields.Effects = log;
        foreach (var step in steps) step.Run(fields);

        fields.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(fields);
        fields.CheckInvariants();
        Assert.Equal(old, Content(fields));
    }

    [Property(MaxTest = 200, EndSize = 300)]
    public void Effects_done_again_on_a_copy_give_the_same_content(byte shape, FieldStep[] before, FieldStep[] steps)
    {
        var fields = new HashFields(HashShapes.Of(shape));
        foreach (var step in before) step.Run(fields);
        var copy = (HashFields)fields.Copy();
        var log = new SortedSets.EffectLog();
        fields.Effects = log;
        foreach (var step in steps) step.Run(fields);

        foreach (var effect in log.Effects)
        {
            switch (effect)
            {
                case HashFieldPut put:
                    Assert.Equal(put.PreviousValue is null, copy.Put(put.Field.Span, put.Value.Span, put.Deadline));
                    break;
                case HashFieldDeadlineSet set:
                    Assert.True(copy.SetDeadline(set.Field.Span, set.Deadline));
                    break;
                default:
                    Assert.True(copy.Remove(((HashFieldRemoved)effect).Field.Span));
                    break;
            }
        }

        Assert.Equal(Content(fields), Content(copy));
    }

    [Fact]
    public void Every_short_story_of_three_fields_leaves_the_structure_whole()
    {
        // Fields "", "x" and a long one; short and long values; deadlines that cross. All stories of four steps.
        var alphabet = new List<FieldStep>();
        foreach (var field in (byte[])[0, 1, 245])
        {
            alphabet.Add(new FieldStep(0, field, 10, 0));
            alphabet.Add(new FieldStep(5, field, 250, (byte)(1 + field % 3)));
            alphabet.Add(new FieldStep(9, field, 0, 3));
            alphabet.Add(new FieldStep(11, field, 0, 0));
        }

        alphabet.Add(new FieldStep(15, 0, 1, 2));
        var length = alphabet.Count;
        for (var story = 0; story < length * length * length * length; story++)
        {
            var fields = new HashFields(Tiny with { UnindexedMax = 1 + (story & 1) });
            for (var (left, at) = (story, 0); at < 4; at++, left /= length) alphabet[left % length].Run(fields);
            fields.CheckInvariants();
        }
    }

    [Fact]
    public void Each_mutation_reports_one_effect_with_what_was_before()
    {
        var log = new SortedSets.EffectLog();
        var fields = new HashFields { Effects = log };
        fields.Put("a", "1");
        fields.Put("a", "2", 7);
        fields.SetDeadline("a"u8, 8);
        fields.SetDeadline("a"u8, 8);
        fields.SetDeadline("b"u8, 8);
        fields.Remove("b"u8);
        fields.RemoveDue(7, 9);
        fields.RemoveDue(8, 9);

        Assert.Equal(4, log.Effects.Count);
        Assert.Null(Assert.IsType<HashFieldPut>(log.Effects[0]).PreviousValue);
        var put = Assert.IsType<HashFieldPut>(log.Effects[1]);
        Assert.Equal(("1", "2", 7), (Text(put.PreviousValue!.Value.Span), Text(put.Value.Span), put.Deadline));
        Assert.Equal(8, Assert.IsType<HashFieldDeadlineSet>(log.Effects[2]).Deadline);
        Assert.Equal("a", Text(Assert.IsType<HashFieldRemoved>(log.Effects[3]).Field.Span));
    }

    [Fact]
    public void What_is_due_goes_earliest_first_and_no_more_than_asked_for()
    {
        var fields = new HashFields(Tiny);
        for (var i = 0; i < 100; i++) fields.Put($"{i}", "", 1 + ((i * 37) % 100));
        for (var moment = 10; moment <= 50; moment += 10)
        {
            Assert.Equal(7, fields.RemoveDue(moment, 7));
            Assert.Equal(3, fields.RemoveDue(moment, 7));
            Assert.Equal(0, fields.RemoveDue(moment, 7));
            Assert.Equal(moment + 1, fields.NextDeadline);
            fields.CheckInvariants();
        }
    }

    [Property(MaxTest = 200, EndSize = 200)]
    public void Fields_there_all_along_are_seen_once_whatever_is_changed_in_between(byte shape, byte[] stay, byte pageSize, FieldStep[] changes)
    {
        var fields = new HashFields(HashShapes.Of(shape));
        foreach (var number in stay) fields.Put("stays" + number, "");
        var (seen, at, cursor) = (new List<string>(), 0, 0u);
        var page = new ScanPage<FieldRecord>();
        do
        {
            cursor = fields.Scan(cursor, 1 + (pageSize % 20), page);
            for (var i = 0; i < page.Count; i++) seen.Add(Text(page.Name(i)));
            for (var i = 0; i < 20 && at < changes.Length; i++, at++)
            {
                changes[at].Run(fields);
                if (stay.Length > 0 && i % 5 == 0) fields.Put("stays" + stay[at % stay.Length], ValueOf(changes[at].Value));
            }
        }
        while (cursor != 0);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), stay.Select(static number => "stays" + number).ToHashSet());
    }

    private static bool HasTies(Dictionary<string, (string Value, long Deadline)> model) =>
        model.Values.Where(static entry => entry.Deadline != Expiry.NoDeadline).GroupBy(static entry => entry.Deadline).Any(static group => group.Count() > 1);

    private static void Same(Dictionary<string, (string Value, long Deadline)> model, HashFields fields)
    {
        fields.CheckInvariants();
        Assert.Equal(model.Count, fields.Count);
        Assert.Equal(model.Count == 0, fields.IsEmpty);
        var expected = model.Select(static pair => (pair.Key, pair.Value.Value, pair.Value.Deadline)).ToList();
        expected.Sort();
        Assert.Equal(expected, Content(fields));
    }
}
