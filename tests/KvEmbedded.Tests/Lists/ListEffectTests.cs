using FsCheck.Xunit;
using KvEmbedded.Lists;
using static KvEmbedded.Tests.Lists.DequeWorld;

namespace KvEmbedded.Tests.Lists;

public sealed class ListEffectTests
{
    [Property(MaxTest = 300, EndSize = 300)]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(byte shape, byte[] before, DequeOperation[] operations)
    {
        var list = Filled(Shape(shape), before);
        var old = Elements(list);
        var notes = new EffectNotes();
        list.Effects = notes;
        foreach (var operation in operations) operation.Apply(list);

        list.Effects = null;
        for (var at = notes.Effects.Count - 1; at >= 0; at--) notes.Effects[at].Undo(list);
        list.CheckInvariants();
        Assert.Equal(old, Elements(list));
    }

    [Property(MaxTest = 300, EndSize = 300)]
    public void Effects_done_again_on_a_copy_give_the_same_content(byte shape, byte[] before, DequeOperation[] operations)
    {
        var list = Filled(Shape(shape), before);
        var copy = (ListDeque)list.Copy();
        var notes = new EffectNotes();
        list.Effects = notes;
        foreach (var operation in operations) operation.Apply(list);

        foreach (var effect in notes.Effects)
        {
            if (effect is ListInserted inserted) copy.Insert(inserted.Index, inserted.Element.Span);
            else if (effect is ListElementReplaced replaced) copy.Set(replaced.Index, replaced.Element.Span);
            else Removed(copy, (ListRemoved)effect);
        }

        copy.CheckInvariants();
        Assert.Equal(Elements(list), Elements(copy));

        static void Removed(ListDeque copy, ListRemoved removed)
        {
            var place = removed.Elements.PlaceOf(0);
            for (var i = 0; i < removed.Elements.Count; i++)
            {
                Assert.Equal(Text(removed.Elements.Read(place, out place)), Text(copy.ElementAt(removed.Index)));
                copy.RemoveAt(removed.Index);
            }
        }
    }

    [Fact]
    public void Each_mutation_reports_what_it_did()
    {
        var notes = new EffectNotes();
        var list = new ListDeque { Effects = notes };
        list.Push(ListEnd.Tail, "a"u8);
        list.Push(ListEnd.Head, "b"u8);
        list.Set(1, "cc"u8);
        list.RemoveEqual("x"u8, 1, ListEnd.Head);
        list.Pop(ListEnd.Tail);

        Assert.Equal(4, notes.Effects.Count);
        Assert.Equal(0, Assert.IsType<ListInserted>(notes.Effects[1]).Index);
        var replaced = Assert.IsType<ListElementReplaced>(notes.Effects[2]);
        Assert.Equal((1, "a", "cc"), (replaced.Index, Text(replaced.Old.Span), Text(replaced.Element.Span)));
        var removed = Assert.IsType<ListRemoved>(notes.Effects[3]);
        Assert.Equal((1, 1, "cc"), (removed.Index, removed.Elements.Count, Text(removed.Elements.Peek(ListEnd.Head))));
    }
}
